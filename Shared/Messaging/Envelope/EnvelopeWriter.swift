import Commerce

/// Writes a message: attributes in the order of their names, `data` last.
///
/// What is written can be read: control characters in the attributes, which come from outside, are replaced.
enum EnvelopeWriter {
    static func write(_ attributes: Envelope.Attributes, data: RawJSON) -> (body: [UInt8], data: Range<Int>) {
        // LIMIT: what the attributes of an ordinary message take; more costs a second allocation.
        var json = JSONText(capacity: 768 + data.bytes.count)
        json.append(#"{"specversion":"#)
        json.append(text: attributes.specversion)
        append(#","actor":"#, attributes.actor, to: &json)
        append(#","causationid":"#, attributes.causationid, to: &json)
        append(#","correlationid":"#, attributes.correlationid, to: &json)
        append(#","dataschema":"#, attributes.dataschema, to: &json)
        append(#","id":"#, attributes.id, to: &json)
        append(#","sagaattempt":"#, attributes.sagaattempt, to: &json)
        append(#","sagaid":"#, attributes.sagaid?.description, to: &json)
        append(#","sagapath":"#, attributes.sagapath, to: &json)
        append(#","sagarun":"#, attributes.sagarun, to: &json)
        append(#","source":"#, attributes.source, to: &json)
        append(#","subject":"#, attributes.subject, to: &json)
        append(#","time":"#, attributes.time.map(WireJSON.text), to: &json)
        append(#","traceparent":"#, attributes.traceparent, to: &json)
        append(#","type":"#, attributes.type, to: &json)
        append(#","workspaceid":"#, attributes.workspaceid.description, to: &json)
        json.append(#","data":"#)
        let start = json.bytes.count
        json.append(data.bytes)
        json.append("}")
        return (json.bytes, start..<start + data.bytes.count)
    }

    private static func append(_ name: StaticString, _ text: String?, to json: inout JSONText) {
        guard let text else { return }
        json.append(name)
        json.append(text: text.withoutControlCharacters)
    }

    private static func append(_ name: StaticString, _ number: Int?, to json: inout JSONText) {
        guard let number else { return }
        json.append(name)
        json.append(Array(String(number).utf8))
    }
}
