from tests.support.standing_area import area as area
