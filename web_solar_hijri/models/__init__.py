from . import base
from . import grouping
from . import ir_fields
from . import ir_http
from . import res_users
