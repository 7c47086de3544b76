"""Open311 GeoReport v2 (https://wiki.open311.org/GeoReport_v2/) at /open311/v2/.

XML and JSON by the address's ending; errors are lists of {code, description}; reading needs no
key, sending needs one with the right ``complaints:report``. The region is the jurisdiction.
"""
