//! Any bytes as the details of an instrument: no panic, and what decodes keeps its promises.
#![no_main]

use dukascopy::decode_json_instrument;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(details) = decode_json_instrument(data) else { return };
    assert!(details.holidays.iter().all(|holiday| holiday.start < holiday.end));
    assert!(details.pip_value.is_none_or(|pip| pip > 0.0 && pip.is_finite()));
    for schedule in &details.schedules {
        assert!(schedule.to.is_none_or(|to| schedule.from < to));
        for session in schedule.sessions.iter().flatten() {
            assert!(session.start_seconds <= 86_400 && session.end_seconds <= 86_400);
        }
    }
});
