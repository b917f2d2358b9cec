import Crypto
import Foundation
import ServiceKit

/// Names one state of a thing (RFC 9110, 8.8.3): strong, so the same tag means the same bytes.
struct ETag: Sendable, Equatable {
    /// Without its quotes.
    let text: String

    /// Of a thing that counts its changes.
    init(version: Int) {
        text = String(version)
    }

    /// Of a thing that is made up of several: what it looks like is its version.
    init(of body: JSON) {
        text = Base64URL.encode(Array(SHA256.hash(data: Data(body.text.utf8)).prefix(16)))
    }

    var headerText: String { "\"\(text)\"" }
}

/// `If-Match` (RFC 9110, 13.1.1): the states in which the caller wants the change.
struct Precondition: Sendable, Equatable {
    /// As it came.
    let text: String

    init(ifMatch text: String) {
        self.text = text
    }

    /// `*`: whatever there is.
    var isAny: Bool { tags == ["*"] }

    /// The versions among its tags. A weak tag is never equal to a strong one, and what is no tag is no version either.
    var versions: [Int] {
        tags.compactMap { tag in
            Int(tag.dropFirst().dropLast()).flatMap { ETag(version: $0).headerText == tag ? $0 : nil }
        }
    }

    // WHY: our tags hold no comma, so one that is split at a comma is none of ours anyway.
    private var tags: [String] {
        text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }
}
