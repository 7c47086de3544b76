from balai.context import platform
from balai.doctor.finding import Level
from provisioning.doctor import regions_and_release
from tenants.models import Region


def test_the_doctor_knows_the_release_and_finds_a_region_unlike_it(region, other_region) -> None:
    found = {finding.name: finding for finding in regions_and_release()}
    assert {finding.level for finding in found.values()} == {Level.OK}
    with platform():
        Region.objects.filter(schema_name=other_region.schema).update(schema_name="r_vanished")
    found = {finding.name: finding for finding in regions_and_release()}
    assert found["Release"].level is Level.OK
    assert found["Structure"].level is Level.BAD
    assert other_region.slug in found["Structure"].said
