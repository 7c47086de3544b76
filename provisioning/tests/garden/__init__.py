"""The specimen's migrations at two releases, for tests of upgrades."""

from importlib import import_module

ONE = {"specimen": "provisioning.tests.garden.migrations.one"}
TWO = {"specimen": "provisioning.tests.garden.migrations.two"}
First = import_module("tests.dummy.specimen.migrations.0001_initial").Migration
THREE = {"specimen": "provisioning.tests.garden.migrations.three"}
