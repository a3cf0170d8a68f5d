//! The names of HTML's elements, and what each means for the tree around it.

macro_rules! tags {
    ($($variant:ident $name:literal,)*) => {
        /// The name of an element; text is a tag of its own.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub(crate) enum Tag {
            /// Characters, not an element.
            Text,
            /// An element of another name: a custom element, or one that means nothing here.
            Other,
            $($variant,)*
        }

        impl Tag {
            /// The tag of an element, by its name in lower case.
            pub(crate) fn named(name: &[u8]) -> Tag {
                match name {
                    $($name => Tag::$variant,)*
                    _ => Tag::Other,
                }
            }
        }
    };
}

tags! {
    A b"a", Abbr b"abbr", Address b"address", Article b"article", Aside b"aside", Audio b"audio",
    B b"b", Base b"base", Big b"big", Blockquote b"blockquote", Body b"body", Br b"br",
    Button b"button", Canvas b"canvas", Caption b"caption", Center b"center", Cite b"cite",
    Code b"code", Col b"col", Colgroup b"colgroup", Dd b"dd", Del b"del", Details b"details",
    Dialog b"dialog", Dir b"dir", Div b"div", Dl b"dl", Dt b"dt", Em b"em", Embed b"embed",
    Fieldset b"fieldset", Figcaption b"figcaption", Figure b"figure", Font b"font",
    Footer b"footer", Form b"form", Frame b"frame", Frameset b"frameset", H1 b"h1", H2 b"h2",
    H3 b"h3", H4 b"h4", H5 b"h5", H6 b"h6", Head b"head", Header b"header", Hgroup b"hgroup",
    Hr b"hr", Html b"html", I b"i", Iframe b"iframe", Img b"img", Input b"input", Ins b"ins",
    Label b"label", Legend b"legend", Li b"li", Link b"link", Main b"main", Map b"map",
    Mark b"mark", Math b"math", Menu b"menu", Meta b"meta", Nav b"nav", Noembed b"noembed",
    Noframes b"noframes", Noscript b"noscript", Object b"object", Ol b"ol", Optgroup b"optgroup",
    Option b"option", P b"p", Param b"param", Picture b"picture", Pre b"pre", Q b"q", S b"s",
    Script b"script", Section b"section", Select b"select", Small b"small", Source b"source",
    Span b"span", Strong b"strong", Style b"style", Sub b"sub", Summary b"summary", Sup b"sup",
    Svg b"svg", Table b"table", Tbody b"tbody", Td b"td", Template b"template",
    Textarea b"textarea", Tfoot b"tfoot", Th b"th", Thead b"thead", Time b"time", Title b"title",
    Tr b"tr", Track b"track", Tt b"tt", U b"u", Ul b"ul", Var b"var", Video b"video", Wbr b"wbr",
    Xmp b"xmp",
}

/// How many tags there are.
pub(crate) const TAGS: usize = Tag::Xmp as usize + 1;

impl Tag {
    /// Elements without content: no end tag is waited for.
    pub(crate) fn is_void(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Base | Br
                | Col
                | Embed
                | Frame
                | Hr
                | Img
                | Input
                | Link
                | Meta
                | Param
                | Source
                | Track
                | Wbr
        )
    }

    /// Elements that run along inside a line of text. An element of unknown name is one.
    pub(crate) fn is_inline(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Text | Other
                | A
                | Abbr
                | B
                | Big
                | Cite
                | Code
                | Del
                | Em
                | Font
                | I
                | Img
                | Ins
                | Label
                | Mark
                | Q
                | S
                | Small
                | Span
                | Strong
                | Sub
                | Sup
                | Time
                | Tt
                | U
                | Var
                | Wbr
                | Picture
                | Button
        )
    }

    /// Elements whose start ends an open paragraph.
    pub(crate) fn ends_paragraph(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Address
                | Article
                | Aside
                | Blockquote
                | Center
                | Details
                | Dialog
                | Dir
                | Div
                | Dl
                | Dd
                | Dt
                | Fieldset
                | Figcaption
                | Figure
                | Footer
                | Form
                | H1
                | H2
                | H3
                | H4
                | H5
                | H6
                | Header
                | Hgroup
                | Hr
                | Li
                | Main
                | Menu
                | Nav
                | Ol
                | P
                | Pre
                | Section
                | Summary
                | Table
                | Ul
                | Xmp
        )
    }

    /// Headings, `h1` to `h6`.
    pub(crate) fn is_heading(self) -> bool {
        matches!(self, Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6)
    }

    /// Elements that end tags inside them cannot reach across.
    pub(crate) fn is_scope(self) -> bool {
        use Tag::*;
        matches!(self, Html | Table | Td | Th | Caption | Object | Template | Svg | Math | Button)
    }

    /// Elements whose content is neither story nor furniture but code, media or entry fields.
    pub(crate) fn is_unread(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Audio
                | Canvas
                | Head
                | Iframe
                | Math
                | Noembed
                | Noscript
                | Object
                | Optgroup
                | Option
                | Script
                | Select
                | Style
                | Svg
                | Template
                | Textarea
                | Title
                | Video
                | Frameset
        )
    }
}
