export { Config } from './config/schema.ts';
export { Role, ROLES, type RoleLimits, type Schedule, type ServedUser } from './config/serving.ts';
export { configJsonSchema, parseConfig } from './config/parse.ts';
export { type Clock, type Instant, fixedClock, isRealistic, systemClock } from './clock.ts';
export {
  BellwetherError,
  type BellwetherErrorOptions,
  cancelledError,
  type ExitCode,
  exitCodes,
  usageError,
} from './errors.ts';
export { nameMatcher, pathMatcher } from './name-pattern.ts';
export { gitIdentity, personKey } from './person-key.ts';
export { isTimeZone, localTime, startOfDay, zonedInstant } from './local-time.ts';
export { type ProgressState, silentTalk, type Talk } from './talk.ts';
export { WITHHELD } from './placeholder-names.ts';
export { type NamedTeam, teamFinder } from './team-names.ts';
export { firstMatch, parseTagPattern, type ReleaseName, type TagPattern } from './tag-pattern.ts';
