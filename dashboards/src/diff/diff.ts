import type { PanelQuestion } from '@bellwether/metrics';
import { UnderstoodDashboard, type UnderstoodPanel, type UnderstoodVariable } from '../check/understood.ts';
import { questionChanges } from './question-words.ts';

/**
 * What a change of a dashboard does, in sentences for a reviewer; empty where nothing is different. Panels are known
 * again by their ids, whatever was moved or renamed.
 *
 * @throws ZodError for what is no dashboard of ours
 */
export function diffDashboards(before: unknown, after: unknown): string[] {
  const [old, now] = [UnderstoodDashboard.parse(before), UnderstoodDashboard.parse(after)];
  return [
    ...changed('the title', old.title, now.title),
    ...changed('the description', old.description, now.description),
    ...changed('the time that is shown at first', old.time.from, now.time.from),
    ...changed('the time zone', old.timezone, now.timezone),
    ...variableChanges(old.templating.list, now.templating.list),
    ...annotationChanges(old, now),
    ...panelChanges(old.panels, now.panels),
  ];
}

function changed(what: string, before: string, after: string): string[] {
  return before === after ? [] : [`${what}: ${quoted(before)} → ${quoted(after)}`];
}

/** Long texts say little in a line. */
const quoted = (text: string): string => `"${text.length > 80 ? `${text.slice(0, 79)}…` : text}"`;

function variableChanges(
  before: readonly UnderstoodVariable[],
  after: readonly UnderstoodVariable[],
): string[] {
  const old = new Map(before.map((each) => [each.name, each]));
  const now = new Map(after.map((each) => [each.name, each]));
  return [
    ...before.filter(({ name }) => !now.has(name)).map(({ name }) => `variable ${name}: removed`),
    ...after.flatMap((variable) => {
      const was = old.get(variable.name);
      if (was === undefined) return [`variable ${variable.name}: added`];
      return JSON.stringify(was) === JSON.stringify(variable) ? [] : [`variable ${variable.name}: changed`];
    }),
  ];
}

function annotationChanges(before: UnderstoodDashboard, after: UnderstoodDashboard): string[] {
  const old = new Map(before.annotations.list.map((each) => [each.name, each]));
  const now = new Map(after.annotations.list.map((each) => [each.name, each]));
  return [
    ...[...old.keys()].filter((name) => !now.has(name)).map((name) => `annotation ${name}: removed`),
    ...[...now.values()].flatMap((annotation) => {
      const was = old.get(annotation.name);
      if (was === undefined) return [`annotation ${annotation.name}: added`];
      if (was.enable !== annotation.enable) {
        return [`annotation ${annotation.name}: ${annotation.enable ? 'shown' : 'hidden'} at first`];
      }
      return JSON.stringify(was) === JSON.stringify(annotation)
        ? []
        : [`annotation ${annotation.name}: changed`];
    }),
  ];
}

function panelChanges(before: readonly UnderstoodPanel[], after: readonly UnderstoodPanel[]): string[] {
  const old = new Map(before.map((panel) => [panel.id, panel]));
  const now = new Set(after.map(({ id }) => id));
  return [
    ...before.filter(({ id }) => !now.has(id)).map((panel) => `${nameOf(panel)}: removed`),
    ...after.flatMap((panel) => {
      const was = old.get(panel.id);
      if (was === undefined) return [`${nameOf(panel)}: added`];
      return changesOf(was, panel).map((change) => `${nameOf(was)}: ${change}`);
    }),
  ];
}

function nameOf({ type, title }: UnderstoodPanel): string {
  return `${type === 'row' ? 'row' : 'panel'} ${quoted(title)}`;
}

function changesOf(before: UnderstoodPanel, after: UnderstoodPanel): string[] {
  const [a, b] = [before.gridPos, after.gridPos];
  const changes = [
    ...changed('title', before.title, after.title),
    ...(before.type === after.type ? [] : [`drawn as ${before.type} → ${after.type}`]),
    ...(a.w === b.w && a.h === b.h
      ? []
      : [`size: ${String(a.w)} × ${String(a.h)} → ${String(b.w)} × ${String(b.h)}`]),
    ...(a.x === b.x && a.y === b.y ? [] : ['moved']),
    ...queryChanges(before, after),
    ...lookChanges(before, after),
  ];
  if (changes.length > 0 || JSON.stringify(before) === JSON.stringify(after)) return changes;
  return ['changed in how it is drawn'];
}

function queryChanges(before: UnderstoodPanel, after: UnderstoodPanel): string[] {
  if (!('targets' in before) || !('targets' in after)) return [];
  const [old] = before.targets;
  const [now] = after.targets;
  const questions = [old, now].map(({ bellwether }) => bellwether?.question as PanelQuestion | undefined);
  const asked = questions[0] && questions[1] ? questionChanges(questions[0], questions[1]) : [];
  if (asked.length > 0 || old.rawSql === now.rawSql) return asked;
  return ['its query changed, and what it asks did not: the metric or the compiler is another'];
}

function lookChanges(before: UnderstoodPanel, after: UnderstoodPanel): string[] {
  const text =
    'description' in before && 'description' in after && before.description !== after.description
      ? ['description changed']
      : [];
  if (before.type === 'row' || before.type === 'text' || after.type === 'row' || after.type === 'text') {
    return text;
  }
  const [old, now] = [before.fieldConfig.defaults, after.fieldConfig.defaults];
  return [
    ...text,
    ...changed('unit', old.unit, now.unit),
    ...(JSON.stringify(old.thresholds) === JSON.stringify(now.thresholds) ? [] : ['thresholds changed']),
    ...(JSON.stringify(before.links) === JSON.stringify(after.links) ? [] : ['links changed']),
  ];
}
