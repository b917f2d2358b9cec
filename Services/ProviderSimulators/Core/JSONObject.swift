/// The members of a JSON object, in the order in which they were written.
struct JSONObject: Sendable, Equatable {
    private(set) var members: [(key: String, value: JSON)]

    init(_ members: [(String, JSON)] = []) {
        self.members = members.map { (key: $0.0, value: $0.1) }
    }

    var keys: [String] { members.map(\.key) }

    subscript(key: String) -> JSON? {
        get { members.first { $0.key == key }?.value }
        set {
            let position = members.firstIndex { $0.key == key }
            switch (position, newValue) {
            case (let position?, let value?): members[position].value = value
            case (let position?, nil): members.remove(at: position)
            case (nil, let value?): members.append((key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    /// These members, with those of `other` put over them.
    func merging(_ other: JSONObject) -> JSONObject {
        var result = self
        for (key, value) in other.members { result[key] = value }
        return result
    }

    /// Only the named members; everything when `names` is nil.
    func selecting(_ names: [String]?) -> JSONObject {
        guard let names else { return self }
        return JSONObject(members.filter { names.contains($0.key) }.map { ($0.key, $0.value) })
    }

    static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.members.count == right.members.count
            && left.members.allSatisfy { member in right[member.key] == member.value }
    }
}
