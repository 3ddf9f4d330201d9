-- Who a person key is. No view may join this.
CREATE TABLE IF NOT EXISTS private.identities {{on_cluster}}
(
  person_key String,
  identity String,
  name String,
  email String,
  _version UInt64 CODEC(Delta, ZSTD(1)),
  _deleted UInt8
)
ENGINE = {{replacing}}
ORDER BY (person_key, identity)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
