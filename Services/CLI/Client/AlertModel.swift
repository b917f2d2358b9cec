/// An alert as the API gives it.
struct AlertModel: Decodable, Sendable {
    var at: String
    var title: String
    var text: String
    var fields: [String: String]
    var next: [String]
    var link: String?
    /// What became of its message.
    var status: String

    /// A page of them.
    struct Page: Decodable, Sendable {
        var data: [AlertModel]
        var nextCursor: String?

        enum CodingKeys: String, CodingKey {
            case data
            case nextCursor = "next_cursor"
        }
    }
}
