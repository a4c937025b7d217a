from . import base
from . import grouping
from . import ir_fields
from . import ir_http
from . import ir_model
from . import res_partner
from . import res_users
