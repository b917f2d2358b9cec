extension Envelope {
    /// Reads the data of a reply.
    /// - Throws: ``MalformedMessage`` that names the field.
    public func commandReply() throws -> CommandReply {
        // The form our own services write is read without a decoder.
        if let result = body[try presentDataRange()].withUnsafeBufferPointer(Self.soleResult) {
            return .accepted(RawJSON(text: result))
        }
        return CommandReply(body: try data())
    }

    /// The text of `{"result":"…"}`; nil for any other form. The bytes are well-formed JSON.
    private static func soleResult(_ json: UnsafeBufferPointer<UInt8>) -> String? {
        var scanner = JSONScanner(json)
        guard scanner.take(literal: #"{"result":"#), scanner.peek == UInt8(ascii: "\""),
            let text = scanner.text(), scanner.take("}"), scanner.position == json.count
        else { return nil }
        return text
    }
}
