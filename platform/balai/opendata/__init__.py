"""What a region gives to everybody: data sets of its modules, described by DCAT-AP and CKAN."""

from balai.opendata.registry import Dataset, Distribution, publish

__all__ = ["Dataset", "Distribution", "publish"]
