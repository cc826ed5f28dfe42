import type { DatasetDoor } from './datasetDoor';
import type { InheritedPolicy } from './policy';
import { exportMappings } from './store/exportMappings';
import { importMappings, type MappingReport } from './store/importMappings';
import { listMappings, setMapping, type MappingPage, type MappingQuery, type NewMapping } from './store/mappings';
import {
  datasetPolicyDiffers,
  inheritedPolicyDiffers,
  setDatasetPolicy,
  setInheritedPolicy,
  type DatasetRule,
} from './store/policyStore';
import { readPolicy, type StoredPolicy } from './store/readPolicy';
import { readTagRules, setAlias, setImplications, type TagRules } from './store/tagRules';

export type { DatasetRule } from './store/policyStore';
export type { MappingReport } from './store/importMappings';
export type { MappingPage, MappingQuery, NewMapping } from './store/mappings';
export type { StoredPolicy } from './store/readPolicy';
export type { TagRules } from './store/tagRules';

/**
 * The policy of a dataset, and how names of models become tags. Whatever changes here, all tags follow in the same
 * transaction, without inference.
 */
export class PolicyDesk {
  constructor(private readonly door: DatasetDoor) {}

  read(): Promise<StoredPolicy> {
    return this.door.read(readPolicy);
  }

  /**
   * Makes these the rules of this dataset, in place of those it had. @param maxTags null: what the settings say
   * @throws UserError `policy` for a number out of range
   */
  async set(rules: readonly DatasetRule[], maxTags: number | null): Promise<void> {
    if (!(await this.door.read((session) => datasetPolicyDiffers(session, rules, maxTags)))) return;
    await this.door.write((session) => setDatasetPolicy(session, rules, maxTags), 'tags');
  }

  /** What the editor's settings say, in place of what they said. */
  async setInherited(policy: InheritedPolicy): Promise<void> {
    if (!(await this.door.read((session) => inheritedPolicyDiffers(session, policy)))) return;
    await this.door.write((session) => setInheritedPolicy(session, policy), 'tags');
  }

  /** The mapping, and names of models that nothing is said of, what is said most first. */
  mappings(query: MappingQuery): Promise<MappingPage> {
    return this.door.read((session) => listMappings(session, query));
  }

  /** @throws UserError `mapping`, `tag-name`, `tag-deleted` */
  setMapping(mapping: NewMapping): Promise<void> {
    return this.door.write((session) => setMapping(session, mapping), 'tags');
  }

  tagRules(): Promise<TagRules> {
    return this.door.read(readTagRules);
  }

  /** @param tag null: the alias is a tag of its own again. @throws UserError `tag-alias`, `implication-cycle`, … */
  setAlias(alias: string, tag: string | null): Promise<void> {
    return this.door.write((session) => setAlias(session, alias, tag), 'tags');
  }

  /** @throws UserError `implication-cycle` with the way that leads back, `tag-name`, `tag-deleted` */
  setImplications(tag: string, implies: readonly string[]): Promise<void> {
    return this.door.write((session) => setImplications(session, tag, implies), 'tags');
  }

  /**
   * Takes in a CSV file of mappings, aliases and implications. What the dataset has already stays unless `replace`.
   * @throws UserError `mapping-file` when the file as a whole cannot be read; single rows are refused in the report
   */
  importMappings(csv: string, options: { readonly replace: boolean }): Promise<MappingReport> {
    return this.door.write((session) => importMappings(session, csv, options), 'tags');
  }

  /** What `importMappings` takes in again. */
  exportMappings(): Promise<{ csv: string; rows: number }> {
    return this.door.read(exportMappings);
  }
}
