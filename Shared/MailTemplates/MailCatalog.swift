import Commerce

/// The words the platform comes with.
public enum MailCatalog {
    public static let locales = ["en", "fr"]

    /// The language that a locale such as `fr-CA` is written in here; English for one that nobody has translated.
    public static func language(_ locale: String?) -> String {
        let language = locale?.prefix { $0 != "-" && $0 != "_" }.lowercased() ?? ""
        return locales.contains(language) ? language : "en"
    }

    public static func template(_ name: MailName, locale: String?) -> MailTemplate {
        language(locale) == "fr" ? French.template(name) : English.template(name)
    }
}
