import { temporaryWarehouse } from '../test/temporary-warehouse.ts';
import { describeRoundTrip } from './testing/round-trip-suite.ts';

describeRoundTrip(temporaryWarehouse());
