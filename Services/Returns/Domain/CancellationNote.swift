import Foundation

/// What a subscription remembers of its cancellation by us: which return it was for, and when it would have been
/// charged next, which nothing else remembers once it is cancelled.
struct CancellationNote: Equatable, Sendable {
    private static let dated = ", next charge "

    let text: String
    /// `YYYY-MM-DD`.
    let nextChargeDate: String?

    /// - Parameter key: of this life of the return.
    init(_ key: String, nextChargeDate: String?) {
        self.nextChargeDate = nextChargeDate
        text = "Return \(key)" + (nextChargeDate.map { Self.dated + $0 } ?? "")
    }

    /// Reads what is written on a subscription; nil where it was cancelled for another reason.
    init?(reading text: String?, of key: String) {
        guard let text, let rest = text.dropping("Return \(key)") else { return nil }
        self.text = text
        guard !rest.isEmpty else {
            nextChargeDate = nil
            return
        }
        guard let date = String(rest).dropping(Self.dated) else { return nil }
        nextChargeDate = String(date)
    }
}

extension String {
    fileprivate func dropping(_ prefix: String) -> Substring? {
        hasPrefix(prefix) ? dropFirst(prefix.count) : nil
    }
}
