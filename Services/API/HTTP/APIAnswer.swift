import Messaging

/// What an endpoint answers.
struct APIAnswer: Sendable, Equatable {
    var status: Int
    var headers: [Header] = []
    var body: JSON
    /// What a repeat with the same `Idempotency-Key` is answered, where that may not be the same: no secret is stored.
    var repeatBody: JSON?
    /// Whether a repeat gets this answer; false where the last word is still to come, which the repeat shall learn.
    var isLastWord = true
    /// What is answered in the place of the body.
    var file: Document?

    struct Header: Sendable, Equatable {
        var name: String
        var value: String
    }

    static func ok(_ body: JSON) -> APIAnswer { APIAnswer(status: 200, body: body) }

    static func file(_ file: Document) -> APIAnswer { APIAnswer(status: 200, body: .null, file: file) }

    /// The verb was taken; the body shows how things stand now.
    static func accepted(_ body: JSON) -> APIAnswer { APIAnswer(status: 202, body: body) }

    static func created(_ body: JSON, at path: String) -> APIAnswer {
        APIAnswer(status: 201, headers: [Header(name: "Location", value: path)], body: body)
    }

    /// The owner has not answered yet: how things stand until it does.
    static func pending(_ body: JSON) -> APIAnswer { APIAnswer(status: 202, body: body, isLastWord: false) }

    func tagged(_ tag: ETag) -> APIAnswer {
        var answer = self
        answer.headers.append(Header(name: "ETag", value: tag.headerText))
        return answer
    }
}
