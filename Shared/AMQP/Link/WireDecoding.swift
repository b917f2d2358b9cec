import CRabbitMQ
import Foundation

extension amqp_bytes_t {
    var text: String {
        String(decoding: UnsafeRawBufferPointer(start: bytes, count: len), as: UTF8.self)
    }

    var array: [UInt8] {
        Array(UnsafeRawBufferPointer(start: bytes, count: len))
    }
}

extension amqp_table_t {
    var dictionary: [String: AMQPValue] {
        let wire = UnsafeBufferPointer(start: entries, count: Int(num_entries))
        // A repeated key is a broker's or sender's mistake; the last one counts.
        return Dictionary(wire.map { ($0.key.text, AMQPValue($0.value)) }) { $1 }
    }
}

extension AMQPValue {
    init(_ wire: amqp_field_value_t) {
        switch wire.kind {
        case FieldKind.boolean: self = .bool(wire.value.boolean != 0)
        case FieldKind.i8: self = .int(Int64(wire.value.i8))
        case FieldKind.u8: self = .int(Int64(wire.value.u8))
        case FieldKind.i16: self = .int(Int64(wire.value.i16))
        case FieldKind.u16: self = .int(Int64(wire.value.u16))
        case FieldKind.i32: self = .int(Int64(wire.value.i32))
        case FieldKind.u32: self = .int(Int64(wire.value.u32))
        case FieldKind.i64: self = .int(wire.value.i64)
        case FieldKind.u64: self = .int(Int64(clamping: wire.value.u64))
        case FieldKind.f32: self = .double(Double(wire.value.f32))
        case FieldKind.f64: self = .double(wire.value.f64)
        case FieldKind.utf8: self = .string(wire.value.bytes.text)
        case FieldKind.bytes: self = .bytes(wire.value.bytes.array)
        case FieldKind.timestamp: self = .timestamp(Date(timeIntervalSince1970: Double(wire.value.u64)))
        case FieldKind.array: self = .array(Self.elements(wire.value.array))
        case FieldKind.table: self = .table(wire.value.table.dictionary)
        default: self = .null
        }
    }

    private static func elements(_ wire: amqp_array_t) -> [AMQPValue] {
        UnsafeBufferPointer(start: wire.entries, count: Int(wire.num_entries)).map(AMQPValue.init)
    }
}

extension ReceivedProperties {
    init(_ wire: amqp_basic_properties_t) {
        func text(_ flag: Int32, _ field: amqp_bytes_t) -> String? {
            wire._flags & amqp_flags_t(flag) == 0 ? nil : field.text
        }
        contentType = text(AMQP_BASIC_CONTENT_TYPE_FLAG, wire.content_type)
        messageID = text(AMQP_BASIC_MESSAGE_ID_FLAG, wire.message_id)
        correlationID = text(AMQP_BASIC_CORRELATION_ID_FLAG, wire.correlation_id)
        type = text(AMQP_BASIC_TYPE_FLAG, wire.type)
        if wire._flags & amqp_flags_t(AMQP_BASIC_HEADERS_FLAG) != 0 { headers = wire.headers.dictionary }
    }
}
