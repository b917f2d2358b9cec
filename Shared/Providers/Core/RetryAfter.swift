/// The `Retry-After` header in seconds, whole or decimal (`2`, `2.0`).
enum RetryAfter {
    // LIMIT: no provider asks for more; a larger value is a mistake that would stop an account for good.
    private static let longest: Duration = .seconds(3600)

    /// Nil when the header is absent, negative or a date.
    static func duration(_ header: String?) -> Duration? {
        guard let header, let seconds = Double(header), seconds.isFinite, seconds >= 0 else { return nil }
        return min(.seconds(min(seconds, 1e6)), longest)
    }
}
