import { temporaryWarehouse } from '../test/temporary-warehouse.ts';
import { describeQueryText } from './testing/query-text-suite.ts';

describeQueryText(temporaryWarehouse());
