"""Which live indicator measures which target: the report's own words, by subject and tier."""

from typing import Final

MEASURED_BY: Final = {
    "tỷ lệ dịch vụ công trực tuyến toàn trình": "end_to_end_services",
    "tỷ lệ hồ sơ dịch vụ công trực tuyến toàn trình": "online_dossiers",
}

TIERS: Final = {"bộ, ngành": "ministry", "địa phương (tỉnh)": "locality"}
"""The reports' tiers in the indicators' words. A target for all tiers together maps to none."""
