/// `error_code` and `error_message`, which every body has: 0 is success, also where the HTTP status says otherwise.
struct DCLStatus: Decodable, Equatable {
    let code: Int
    let message: String

    private enum CodingKeys: String, CodingKey {
        case code = "error_code"
        case message = "error_message"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        code = try container.wholeNumber(.code) ?? 0
        message = try container.text(.message) ?? ""
    }

    var isSuccess: Bool { code == 0 }

    /// Whether an order was refused because its number is taken. The code is not documented, so the words decide.
    var saysExists: Bool {
        let words = message.lowercased()
        return !isSuccess && (words.contains("already exist") || words.contains("duplicate"))
    }

    var words: ProviderWords {
        ProviderWords(code: "\(code)", message: message.isEmpty ? "The warehouse gave the code \(code)." : message)
    }
}
