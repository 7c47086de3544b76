"""Who serves where: a region's agencies, its areas with their boundaries, its office-holders."""
