"""Pencaker: employers, vacancies, applications, the AK/I card, job fairs and training."""
