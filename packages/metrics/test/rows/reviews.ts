import type { PathKnowledgeRow, ReviewFactRow, ReviewLoadRow } from '@bellwether/warehouse';
import { at } from '../rows.ts';

/** A person's approval of a person's pull request of the service `shop`, asked for an hour before. */
export function review(row: Partial<ReviewFactRow> & Pick<ReviewFactRow, 'review_id'>): ReviewFactRow {
  const { repo = 'host/owner/shop', number = 1, submitted_at = at('2024-03-05'), service = 'shop' } = row;
  return {
    repo,
    number,
    change_id: `${repo}#${String(number)}`,
    reviewer_key: 'key',
    team: '',
    team_group: '',
    service,
    services: [service],
    is_bot: false,
    submitted_at,
    waiting_since: submitted_at - 3_600_000,
    basis: 'requested',
    response_seconds: 3600,
    response_business_seconds: 3600,
    response_gap: '',
    state: 'approved',
    comment_count: 0,
    is_cross_team: null,
    ...row,
  };
}

/** A path of the service `shop` that three people know. */
export function pathKnown(row: Partial<PathKnowledgeRow> & Pick<PathKnowledgeRow, 'path'>): PathKnowledgeRow {
  return {
    repo: 'host/owner/shop',
    quarter_start: at('2024-01-01'),
    service: 'shop',
    is_service_withheld: false,
    team: '',
    team_group: '',
    change_count: 30,
    contributor_count: 5,
    bus_factor: 3,
    top_share: 0.3,
    ...row,
  };
}

/** A month of a team of ten who reviewed alike. */
export function load(row: Partial<ReviewLoadRow> & Pick<ReviewLoadRow, 'name'>): ReviewLoadRow {
  const { level = 'team', name } = row;
  return {
    level,
    grain: 'month',
    period_start: at('2024-03-01'),
    time_zone: 'UTC',
    team: level === 'team' ? name : '',
    team_group: level === 'team_group' ? name : '',
    review_count: 100,
    reviewer_count: 10,
    member_count: 10,
    gini: 0,
    busiest_tenth_share: 0.1,
    gap: '',
    ...row,
  };
}
