-- The layers of the warehouse; see docs/architecture.md. `raw` comes with the first source that keeps payloads.
CREATE DATABASE IF NOT EXISTS domain {{on_cluster}};
CREATE DATABASE IF NOT EXISTS facts {{on_cluster}};
CREATE DATABASE IF NOT EXISTS metrics {{on_cluster}};
CREATE DATABASE IF NOT EXISTS ops {{on_cluster}};
CREATE DATABASE IF NOT EXISTS private {{on_cluster}};
