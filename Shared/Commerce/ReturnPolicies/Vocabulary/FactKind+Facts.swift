extension FactKind {
    /// A known fact of this kind in JSON, as a rule test states it.
    var fact: PolicyCodec<FactValue> {
        let scalar = self.scalar
        return PolicyCodec(
            read: { json, readings in
                if self == .texts, case .list = json {
                    return PolicyCodec.texts.read(json, &readings).map { .texts(Set($0)) }
                }
                return scalar.read(json, &readings).map(self.value)
            },
            write: { value in
                switch value {
                case .text(let text): scalar.write(.text(text))
                case .number(let number): scalar.write(.number(number))
                case .flag(let flag): .flag(flag)
                case .texts(let texts): PolicyCodec.texts.write(texts.sorted())
                }
            })
    }

    /// The fact as a person reads it.
    func text(of value: FactValue) -> String {
        switch value {
        case .text(let text): text
        case .number(let number): text(of: FactScalar.number(number))
        case .flag(let flag): flag ? "true" : "false"
        case .texts(let texts): texts.isEmpty ? "none" : texts.sorted().joined(separator: ", ")
        }
    }

    /// The fact with its words in the form in which they are compared.
    func comparable(_ value: FactValue) -> FactValue {
        switch value {
        case .text(let text): .text(comparable(text))
        case .texts(let texts): .texts(Set(texts.map(comparable)))
        case .number, .flag: value
        }
    }

    private func value(_ scalar: FactScalar) -> FactValue {
        switch scalar {
        case .text(let text): self == .texts ? .texts([text]) : .text(text)
        case .number(let number): .number(number)
        case .flag(let flag): .flag(flag)
        }
    }
}
