import Foundation

/// What a subscription remembers of its cancellation by us: which return it was for, when it would have been charged
/// next, which nothing else remembers once it is cancelled, and what was to be said of it.
struct CancellationNote: Equatable, Sendable {
    private static let dated = ", next charge "
    private static let said = ". "

    let text: String
    /// `YYYY-MM-DD`.
    let nextChargeDate: String?

    /// - Parameter key: of this life of the return.
    init(_ key: String, nextChargeDate: String?, comment: String? = nil) {
        self.nextChargeDate = nextChargeDate
        // WHY: what a provider gives back in another form than it was written is not known as ours.
        let comment = comment?.split(whereSeparator: \.isWhitespace).joined(separator: " ") ?? ""
        text =
            "Return \(key)" + (nextChargeDate.map { Self.dated + $0 } ?? "")
            + (comment.isEmpty ? "" : Self.said + comment)
    }

    /// Reads what is written on a subscription; nil where it was cancelled for another reason.
    init?(reading text: String?, of key: String) {
        guard let text, let rest = Substring(text).dropping("Return \(key)") else { return nil }
        let end = rest.firstRange(of: Self.said)?.lowerBound ?? rest.endIndex
        let date = rest[..<end].dropping(Self.dated)
        guard date != nil || end == rest.startIndex else { return nil }
        self.text = text
        nextChargeDate = date.map(String.init)
    }
}

extension Substring {
    fileprivate func dropping(_ prefix: String) -> Substring? {
        hasPrefix(prefix) ? dropFirst(prefix.count) : nil
    }
}
