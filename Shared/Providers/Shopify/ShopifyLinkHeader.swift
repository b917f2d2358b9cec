/// The next page of a list, from `Link: <https://…>; rel="previous", <https://…>; rel="next"`.
enum ShopifyLinkHeader {
    static func next(_ header: String?) -> String? {
        guard let header else { return nil }
        // WHY: a comma can also stand inside a URL, so entries are cut at their angle brackets.
        for entry in header.split(separator: "<") {
            let parts = entry.split(separator: ">", maxSplits: 1)
            guard parts.count == 2 else { continue }
            if parts[1].contains("rel=\"next\"") || parts[1].contains("rel=next") { return String(parts[0]) }
        }
        return nil
    }
}
