import Commerce

/// The words the platform comes with.
public enum MailCatalog {
    public static let locales = ["en", "fr"]

    /// The language that a locale such as `fr-CA` is written in here; English for one that nobody has translated.
    public static func language(_ locale: String?) -> String {
        let language = locale?.prefix { $0 != "-" && $0 != "_" }.lowercased() ?? ""
        return locales.contains(language) ? language : "en"
    }

    /// The language that a mail is written in: of the wishes the first that there are words in, exactly or without its
    /// script and region; English where there is none.
    ///
    /// - Parameter own: the languages that a workspace has words of its own in, such as `fr-CA` or `de`.
    public static func locale(for wishes: [String?], own: Set<String> = []) -> String {
        let there = own.union(locales)
        for wish in wishes {
            guard let tag = wish.flatMap({ LanguageTag($0) }) else { continue }
            if let found = [tag.text, tag.language].first(where: { there.contains($0) }) { return found }
        }
        return "en"
    }

    public static func template(_ name: MailName, locale: String?) -> MailTemplate {
        language(locale) == "fr" ? French.template(name) : English.template(name)
    }
}
