"""A district is a folder (docs/districts.md): `folder` reads one, `content` says what it holds, `begin` puts it into a
store."""
