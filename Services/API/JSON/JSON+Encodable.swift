import Messaging

extension JSON {
    /// A value as messages write it, so that answers and webhooks tell the same.
    init(encoding value: some Encodable) throws {
        self = .raw(try RawJSON(encoding: value).text)
    }
}
