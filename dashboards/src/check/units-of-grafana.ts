/** The units of Grafana's value formats that a panel of ours could need, as dashboard-linter knows them. */
export const VALID_UNITS: ReadonlySet<string> = new Set(
  (
    'none short percent percentunit locale ' +
    'currencyUSD currencyGBP currencyEUR currencyJPY currencyRUB currencyUAH currencyBRL currencyDKK currencyISK ' +
    'currencyNOK currencySEK currencyCZK currencyCHF currencyPLN currencyZAR currencyINR currencyKRW currencyIDR ' +
    'currencyPHP currencyVND ' +
    's m h d ms dtdurations clocks dateTimeAsIso dateTimeFromNow bytes decbytes'
  ).split(' '),
);
