//! The page's own files, in the order in which they are joined.

/// Template of the page; the parts are included by their names.
pub(crate) const TEMPLATES: [(&str, &str); 6] = [
    ("page.html", include_str!("page/html/page.html")),
    ("macros.html", include_str!("page/html/macros.html")),
    ("opening.html", include_str!("page/html/opening.html")),
    ("strategies.html", include_str!("page/html/strategies.html")),
    ("evidence.html", include_str!("page/html/evidence.html")),
    ("closing.html", include_str!("page/html/closing.html")),
];

const STYLES: [&str; 4] = [
    include_str!("page/css/base.css"),
    include_str!("page/css/parts.css"),
    include_str!("page/css/charts.css"),
    include_str!("page/css/print.css"),
];

const SCRIPTS: [&str; 19] = [
    include_str!("page/js/namespace.js"),
    include_str!("page/js/decode.js"),
    include_str!("page/js/format.js"),
    include_str!("page/js/decimate.js"),
    include_str!("page/js/derive.js"),
    include_str!("page/js/view.js"),
    include_str!("page/js/theme.js"),
    include_str!("page/js/charts/axis.js"),
    include_str!("page/js/charts/frame.js"),
    include_str!("page/js/charts/equity.js"),
    include_str!("page/js/charts/candles.js"),
    include_str!("page/js/charts/trades.js"),
    include_str!("page/js/pointer.js"),
    include_str!("page/js/keys.js"),
    include_str!("page/js/heatmap.js"),
    include_str!("page/js/table.js"),
    include_str!("page/js/tooltip.js"),
    include_str!("page/js/download.js"),
    include_str!("page/js/main.js"),
];

pub(crate) fn style() -> String {
    STYLES.join("\n")
}

/// The page's script. Its digest stands in the page's content security policy, so that no other script runs there.
pub(crate) fn script() -> String {
    SCRIPTS.join("\n")
}

/// Base64 of the SHA-256 of [`script`]; a test holds it to that.
pub(crate) const SCRIPT_SHA256: &str = include_str!("page/js/sha256.txt").trim_ascii_end();

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use sha2::{Digest, Sha256};

    #[test]
    fn the_policy_names_the_digest_of_the_script() {
        let digest = STANDARD.encode(Sha256::digest(super::script()));
        assert_eq!(super::SCRIPT_SHA256, digest, "write the right one to src/page/js/sha256.txt");
    }

    #[test]
    fn the_script_cannot_end_its_own_element() {
        assert!(!super::script().contains("</") && !super::style().contains("</"));
    }
}
