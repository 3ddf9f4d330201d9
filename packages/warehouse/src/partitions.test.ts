import { temporaryWarehouse } from '../test/temporary-warehouse.ts';
import { describePartitions } from './testing/partitions-suite.ts';

describePartitions(temporaryWarehouse());
