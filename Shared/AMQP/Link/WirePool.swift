import CRabbitMQ
import Foundation

/// Memory for one C call: strings and tables in the library's own form, valid until `recycle`.
final class WirePool {
    private let pool = UnsafeMutablePointer<amqp_pool_t>.allocate(capacity: 1)

    init() {
        init_amqp_pool(pool, 16_384)
    }

    deinit {
        empty_amqp_pool(pool)
        pool.deallocate()
    }

    func recycle() {
        recycle_amqp_pool(pool)
    }

    func bytes(_ text: String) -> amqp_bytes_t {
        var text = text
        return text.withUTF8 { copy(UnsafeRawBufferPointer($0)) }
    }

    func bytes(_ bytes: [UInt8]) -> amqp_bytes_t {
        bytes.withUnsafeBytes(copy)
    }

    func table(_ entries: [String: AMQPValue]) -> amqp_table_t {
        guard !entries.isEmpty else { return amqp_table_t() }
        let wire = allocate(amqp_table_entry_t.self, entries.count)
        for (index, entry) in entries.enumerated() {
            (wire + index).initialize(to: amqp_table_entry_t(key: bytes(entry.key), value: value(entry.value)))
        }
        return amqp_table_t(num_entries: Int32(entries.count), entries: wire)
    }

    private func array(_ elements: [AMQPValue]) -> amqp_array_t {
        guard !elements.isEmpty else { return amqp_array_t() }
        let wire = allocate(amqp_field_value_t.self, elements.count)
        for (index, element) in elements.enumerated() { (wire + index).initialize(to: value(element)) }
        return amqp_array_t(num_entries: Int32(elements.count), entries: wire)
    }

    private func value(_ value: AMQPValue) -> amqp_field_value_t {
        var wire = amqp_field_value_t()
        switch value {
        case .null: wire.kind = FieldKind.void
        case .bool(let flag):
            wire.kind = FieldKind.boolean
            wire.value.boolean = flag ? 1 : 0
        case .int(let number):
            wire.kind = FieldKind.i64
            wire.value.i64 = number
        case .double(let number):
            wire.kind = FieldKind.f64
            wire.value.f64 = number
        case .string(let text):
            wire.kind = FieldKind.utf8
            wire.value.bytes = bytes(text)
        case .bytes(let raw):
            wire.kind = FieldKind.bytes
            wire.value.bytes = bytes(raw)
        case .timestamp(let date):
            wire.kind = FieldKind.timestamp
            wire.value.u64 = UInt64(max(0, date.timeIntervalSince1970))
        case .array(let elements):
            wire.kind = FieldKind.array
            wire.value.array = array(elements)
        case .table(let entries):
            wire.kind = FieldKind.table
            wire.value.table = table(entries)
        }
        return wire
    }

    private func copy(_ source: UnsafeRawBufferPointer) -> amqp_bytes_t {
        guard let start = source.baseAddress, source.count > 0 else { return amqp_bytes_t() }
        let wire = allocate(UInt8.self, source.count)
        UnsafeMutableRawPointer(wire).copyMemory(from: start, byteCount: source.count)
        return amqp_bytes_t(len: source.count, bytes: wire)
    }

    private func allocate<T>(_ type: T.Type, _ count: Int) -> UnsafeMutablePointer<T> {
        guard let memory = amqp_pool_alloc(pool, count * MemoryLayout<T>.stride) else {
            preconditionFailure("out of memory")
        }
        return memory.bindMemory(to: type, capacity: count)
    }
}
