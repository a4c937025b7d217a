from . import test_calendar_system
from . import test_import
from . import test_never_stored
from . import test_solar
from . import test_telling
from . import test_tours
from . import test_web_client
