export { findPerson, type FoundPerson } from './find-person.ts';
export { countTraces, forgetPerson, type PersonTraces } from './forget-person.ts';
export { forgottenKeys, keyOfForgotten } from './forgotten.ts';
export { scrubForgotten, type ScrubOptions } from './scrub-records.ts';
