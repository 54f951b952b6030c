"""What every engine must keep: subclass `StoreContract`, give it a `store`, and it is held to all of this.

The `store` fixture of an engine checks on teardown that nothing leaked: no thread, no open file.
"""

from tests.storage.contract_absences import AbsencesKept
from tests.storage.contract_cases import Filing
from tests.storage.contract_correspondence import Writings
from tests.storage.contract_desk import Drawers, Involved, Recipients, Worklists
from tests.storage.contract_duties import Duties
from tests.storage.contract_forgetting import Forgetting, Wiping
from tests.storage.contract_lines import Lines
from tests.storage.contract_officers import Officers, ProcessKeys
from tests.storage.contract_oversight import Oversight
from tests.storage.contract_reminders import Reminders
from tests.storage.contract_turns import Deliveries, Times, Turns


class StoreContract(
    Drawers,
    Involved,
    Recipients,
    Worklists,
    Turns,
    Deliveries,
    Times,
    Filing,
    Wiping,
    Forgetting,
    Officers,
    ProcessKeys,
    Writings,
    Reminders,
    Duties,
    Lines,
    Oversight,
    AbsencesKept,
):
    """All of it."""
