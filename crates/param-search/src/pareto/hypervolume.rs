use super::dominates;

/// Volume of what at least one of `points` dominates and `reference` bounds, smaller being better; exact for any number
/// of objectives.
///
/// Points that are not better than the reference in every objective count nothing. Two objectives cost n ln n, three
/// n²; more are reduced to three by slicing and cost a factor of n each.
///
/// # Panics
/// If a point has another length than the reference.
///
/// ```
/// let front = [vec![1.0, 3.0], vec![2.0, 1.0]];
/// assert_eq!(param_search::hypervolume(&front, &[4.0, 4.0]), 7.0);
/// ```
pub fn hypervolume(points: &[Vec<f64>], reference: &[f64]) -> f64 {
    let inside = |point: &&Vec<f64>| {
        assert_eq!(point.len(), reference.len(), "hypervolume: as many objectives as the reference");
        point.iter().zip(reference).all(|(x, r)| x < r)
    };
    let inside: Vec<&[f64]> = points.iter().filter(inside).map(Vec::as_slice).collect();
    volume(inside, reference)
}

fn volume(mut points: Vec<&[f64]>, reference: &[f64]) -> f64 {
    let last = reference.len() - 1;
    points.sort_by(|a, b| a[last].total_cmp(&b[last]));
    match reference.len() {
        1 => points.first().map_or(0.0, |best| reference[0] - best[0]),
        2 => area(&points, reference),
        _ => slices(&points, reference),
    }
}

/// Two objectives: steps from the lowest second objective upwards.
fn area(points: &[&[f64]], reference: &[f64]) -> f64 {
    let (mut sum, mut edge) = (0.0, reference[0]);
    let mut from = reference[1];
    for point in points {
        if point[0] < edge {
            sum += (reference[0] - edge) * (point[1] - from);
            (edge, from) = (point[0], point[1]);
        }
    }
    sum + (reference[0] - edge) * (reference[1] - from)
}

/// Three and more: between two values of the last objective, the points below cover a volume of one dimension less.
fn slices(points: &[&[f64]], reference: &[f64]) -> f64 {
    let last = reference.len() - 1;
    let mut below: Vec<&[f64]> = Vec::new();
    let mut sum = 0.0;
    for (i, point) in points.iter().enumerate() {
        let flat = &point[..last];
        if !below.iter().any(|other| *other == flat || dominates(other, flat)) {
            below.retain(|other| !dominates(flat, other));
            below.push(flat);
        }
        let top = points.get(i + 1).map_or(reference[last], |next| next[last]);
        if top > point[last] {
            sum += volume(below.clone(), &reference[..last]) * (top - point[last]);
        }
    }
    sum
}
