import type { InheritedPolicy } from './policy';
import type { DatasetDoor } from './datasetDoor';
import { inheritedPolicyDiffers, setInheritedPolicy } from './store/policyStore';

/** The policy of a dataset, and how names of models become tags. */
export class PolicyDesk {
  constructor(private readonly door: DatasetDoor) {}

  /** What the editor's settings say. Derives every tag anew that it changes. */
  async setInherited(policy: InheritedPolicy): Promise<void> {
    if (!(await this.door.read((session) => inheritedPolicyDiffers(session, policy)))) return;
    await this.door.write((session) => setInheritedPolicy(session, policy));
  }
}
