import Commerce
import Messaging

extension ReturnRequest {
    /// A picture or film of what is wrong with the goods; never fetched, only shown to who decides.
    public struct Evidence: Codable, Sendable, Equatable {
        public var url: String
        /// In the customer's words.
        public var note: String?

        public init(url: String, note: String? = nil) {
            self.url = url
            self.note = note
        }

        /// Takes a URL alone, too.
        public init(from decoder: any Decoder) throws {
            if let url = try? decoder.singleValueContainer().decode(String.self) {
                self.init(url: url)
                return
            }
            let container = try decoder.container(keyedBy: CodingKeys.self)
            self.init(
                url: try container.decode(String.self, forKey: .url),
                note: try container.decodeIfPresent(String.self, forKey: .note))
        }

        enum CodingKeys: String, CodingKey { case url, note }
    }

    // LIMIT: as much as a person looks at, and as fits into a message with everything else that is told of a return.
    public static let evidenceMax = 10
    public static let evidenceInAllMax = 50
    public static let noteCharactersMax = 500
    /// WHY: one character may have any number of accents.
    public static let noteBytesMax = 2000

    /// What is shown of units of one line of the order that come back for one reason.
    public func evidence(of lineID: String, sku: String, reason: String?) -> [Evidence] {
        lines.filter { line in
            line.reason == reason && (line.lineID.map { $0 == lineID } ?? (line.sku == sku))
        }.flatMap { $0.evidence ?? [] }
    }

    /// Failure: a ``Refusal`` with the field that is wrong.
    public func checkEvidence() throws(Refusal) {
        var count = 0
        for (index, line) in lines.enumerated() {
            let evidence = line.evidence ?? []
            let field = "lines.\(index).evidence"
            count += evidence.count
            guard evidence.count <= Self.evidenceMax, count <= Self.evidenceInAllMax else {
                throw Refusal(
                    code: "too_many",
                    message: "Give at most \(Self.evidenceMax) URLs for a line, and \(Self.evidenceInAllMax) in all.",
                    field: field)
            }
            for (position, piece) in evidence.enumerated() {
                try Self.check(piece, "\(field).\(position)")
            }
        }
    }

    private static func check(_ piece: Evidence, _ field: String) throws(Refusal) {
        guard PictureURL.isAcceptable(piece.url) else { throw .badURL(field: "\(field).url") }
        guard (piece.note?.count ?? 0) <= noteCharactersMax, (piece.note?.utf8.count ?? 0) <= noteBytesMax else {
            throw Refusal(
                code: "too_long", message: "A note has at most \(noteCharactersMax) characters.",
                field: "\(field).note")
        }
    }
}

extension Refusal {
    /// Of what is shown of goods.
    public static func badURL(field: String) -> Refusal {
        Refusal(
            code: "bad_url",
            message: "Give a https URL of at most \(PictureURL.bytesMax) characters, percent-encoded and without "
                + "credentials.",
            field: field)
    }
}
