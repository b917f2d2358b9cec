/// The parameters of a request, from its query and its form, each of which must be known.
struct StripeParameters: Sendable {
    private let fields: [SimulatedRequest.Field]

    /// - Parameter known: names as they are written; `metadata[*]` stands for every member of `metadata`.
    init(_ request: SimulatedRequest, known: Set<String>) throws {
        fields = request.query + (try Self.form(request))
        var seen: Set<String> = []
        for field in fields {
            let general = field.name.replacing(/\[[^\]]*\]$/, with: "[*]")
            guard known.contains(field.name) || known.contains(general) else {
                throw Refusal.stripeUnknown(field.name)
            }
            guard field.name.hasSuffix("[]") || seen.insert(field.name).inserted else {
                throw Refusal.stripe(400, param: field.name, "The parameter \(field.name) was given twice.")
            }
        }
    }

    /// v1 takes forms and nothing else.
    private static func form(_ request: SimulatedRequest) throws -> [SimulatedRequest.Field] {
        guard !request.bytes.isEmpty else { return [] }
        let type = request.header("content-type") ?? ""
        guard type.hasPrefix("application/x-www-form-urlencoded") else {
            throw Refusal.stripe(
                400,
                "Invalid request (check that your POST content type is application/x-www-form-urlencoded).")
        }
        return SimulatedRequest.parseQuery(String(decoding: request.bytes, as: UTF8.self))
    }

    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    /// The members of `metadata`; an empty text takes one away.
    var metadata: JSONObject {
        get throws {
            var object = JSONObject()
            for field in fields where field.name.hasPrefix("metadata[") {
                let key = String(field.name.dropFirst("metadata[".count).dropLast())
                guard key.count <= 40, field.value.count <= 500 else {
                    throw Refusal.stripe(
                        400, param: field.name, "Metadata keys have at most 40 and values 500 characters.")
                }
                object[key] = .string(field.value)
            }
            guard object.keys.count <= 50 else {
                throw Refusal.stripe(400, param: "metadata", "Metadata holds at most 50 keys.")
            }
            return object
        }
    }

    func flag(_ name: String) throws -> Bool? {
        switch self[name] {
        case nil: return nil
        case "true": return true
        case "false": return false
        default: throw Refusal.stripeInvalid(name, "boolean")
        }
    }

    func whole(_ name: String) throws -> Int? {
        guard let text = self[name] else { return nil }
        guard let number = Int(text) else { throw Refusal.stripeInvalid(name, "integer") }
        return number
    }

    func choice(_ name: String, of words: Set<String>) throws -> String? {
        guard let text = self[name] else { return nil }
        guard words.contains(text) else {
            throw Refusal.stripe(
                400, param: name, "Invalid \(name): must be one of \(words.sorted().joined(separator: ", "))")
        }
        return text
    }
}
