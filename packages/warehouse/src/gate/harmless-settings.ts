import { badSetting, readonlySetting } from './refusals.ts';

/**
 * The settings of a request that may be applied, as text. What tightens a limit (`TIGHTENING`) must never loosen the
 * role's: whoever applies them takes the smaller of the two.
 *
 * Allowed are settings that shape the result or the reading of rows and name neither a file nor a server. What clients
 * send by habit and means nothing here is left out; everything else, a newer engine's settings included, is refused.
 *
 * @throws QueryError 164 for a setting that is not known to be harmless, 36 for a value that is not
 */
export function harmlessSettings(settings: Readonly<Record<string, string>>): Record<string, string> {
  const harmless: Record<string, string> = {};
  for (const [name, value] of Object.entries(settings)) {
    if (isWithoutMeaning(name, value)) continue;
    const rule = ruleOf(name);
    if (!rule) throw readonlySetting(name);
    if (!rule.test(value)) throw badSetting(name);
    // To ClickHouse 0 means "no limit", and that is not for a user to say.
    if (TIGHTENING.has(name) && Number(value) === 0) continue;
    harmless[name] = value;
  }
  // Cutting a result off in silence is something to ask for, with the number of rows that one wants.
  if (harmless['result_overflow_mode'] === 'break' && harmless['max_result_rows'] === undefined) {
    throw badSetting('result_overflow_mode');
  }
  return harmless;
}

/** Limits: the smaller value counts, the role's or the request's. */
const TIGHTENING: ReadonlySet<string> = new Set([
  'max_bytes_to_read',
  'max_execution_time',
  'max_memory_usage',
  'max_result_bytes',
  'max_result_rows',
  'max_rows_to_read',
  'max_threads',
]);

const NUMBER = /^\d{1,18}$/;
const SECONDS = /^\d{1,9}(?:\.\d{1,6})?$/;
const SWITCH = /^(?:0|1|true|false)$/i;
/** A number, a switch or a word: no path and no address can be said with it. */
const PLAIN = /^[A-Za-z0-9_.+-]{1,40}$/;
const SHORT_TEXT = /^[^\0]{0,100}$/;

const RULES: Readonly<Record<string, RegExp>> = {
  bool_false_representation: SHORT_TEXT,
  bool_true_representation: SHORT_TEXT,
  cast_keep_nullable: SWITCH,
  date_time_64_output_format_cut_trailing_zeros_align_to_groups_of_thousands: SWITCH,
  date_time_input_format: PLAIN,
  date_time_output_format: PLAIN,
  date_time_overflow_behavior: PLAIN,
  extremes: SWITCH,
  final: SWITCH,
  format_csv_allow_double_quotes: SWITCH,
  format_csv_allow_single_quotes: SWITCH,
  format_csv_delimiter: SHORT_TEXT,
  format_csv_null_representation: SHORT_TEXT,
  format_json_object_each_row_column_for_object_name: SHORT_TEXT,
  format_tsv_null_representation: SHORT_TEXT,
  group_by_use_nulls: SWITCH,
  join_use_nulls: SWITCH,
  limit: NUMBER,
  materialize_ttl_after_modify: SWITCH,
  max_block_size: /^[1-9]\d{0,5}$/,
  max_bytes_to_read: NUMBER,
  max_execution_time: SECONDS,
  max_insert_block_size: NUMBER,
  max_insert_threads: /^[0-8]$/,
  max_memory_usage: NUMBER,
  max_partitions_per_insert_block: NUMBER,
  max_result_bytes: NUMBER,
  // JDBC says so when it means all of them.
  max_result_rows: /^\d{1,20}$/,
  max_rows_to_read: NUMBER,
  max_threads: NUMBER,
  min_insert_block_size_bytes: NUMBER,
  min_insert_block_size_rows: NUMBER,
  mutations_sync: /^[012]$/,
  offset: NUMBER,
  result_overflow_mode: /^(?:throw|break)$/,
  session_timezone: /^[A-Za-z0-9_+-]{1,30}(?:\/[A-Za-z0-9_+-]{1,30}){0,2}$/,
  transform_null_in: SWITCH,
  union_default_mode: /^(?:ALL|DISTINCT|)$/,
};

/** Families whose members only shape text and files of the result or of the rows that are sent. */
const FAMILIES: readonly (readonly [name: RegExp, value: RegExp])[] = [
  [
    /^output_format_(?:arrow|binary|bson|csv|json|markdown|msgpack|native|orc|parquet|pretty|tsv|values)_/,
    PLAIN,
  ],
  [/^output_format_(?:always_write_decimal_point|decimal|float|trim_fixed_string|write_statistics)/, PLAIN],
  [/^input_format_(?:arrow|binary|bson|csv|custom|json|msgpack|native|orc|parquet|tsv|values)_/, PLAIN],
  [
    /^input_format_(?:allow_errors|defaults_for|force_null|import_nested|ipv[46]_|null_as|parallel|skip)/,
    PLAIN,
  ],
  [/^input_format_(?:try_infer|with_names|with_types)_/, PLAIN],
  [/^format_custom_\w+_(?:delimiter|rule)$/, SHORT_TEXT],
];

function ruleOf(name: string): RegExp | undefined {
  if (Object.hasOwn(RULES, name)) return RULES[name];
  // Nobody knows what else a family will hold: no member that names a file or a place is one of it.
  if (/path|file|url|schema|directory|host/.test(name)) return undefined;
  // With these, rows of VALUES are expressions that nobody has looked at.
  if (/interpret_expressions|templates_of_expressions/.test(name)) return undefined;
  return FAMILIES.find(([family]) => family.test(name))?.[1];
}

/** Sent by clients by habit; about waiting, logging, compressing and caching that are the server's own affair. */
const WITHOUT_MEANING = new Set([
  'allow_experimental_analyzer',
  'async_insert',
  'buffer_size',
  'cancel_http_readonly_queries_on_client_close',
  'client_protocol_version',
  'compress',
  'connect_timeout',
  'decompress',
  'enable_http_compression',
  'idle_connection_timeout',
  'insert_deduplicate',
  'insert_deduplication_token',
  'load_balancing',
  'log_comment',
  'log_queries',
  'max_query_size',
  'network_compression_method',
  'output_format_enable_streaming',
  'output_format_parallel_formatting',
  'priority',
  'quota_key',
  'receive_timeout',
  'select_sequential_consistency',
  'send_progress_in_http_headers',
  'send_timeout',
  'show_table_uuid_in_table_create_query_if_not_nil',
  'use_client_time_zone',
  'use_query_cache',
  'wait_end_of_query',
  'wait_for_async_insert',
]);

function isWithoutMeaning(name: string, value: string): boolean {
  if (WITHOUT_MEANING.has(name)) return true;
  // Everybody is read-only here already; only the wish not to be is worth an answer.
  if (name === 'readonly') return value === '1' || value === '2';
  return /^http_(?:headers_progress_interval_ms|make_head_request|response_buffer_size|zlib_compression_level)$/.test(
    name,
  );
}
