// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/icons.h"

#include <QtCore/QList>
#include <QtWidgets/QAbstractButton>

#include <optional>

namespace atalaya::shell {

/// A stretch of a button's text with its own weight and colour.
struct BarText
{
    QString text;
    theme::Token token = theme::Token::Text1;
    QFont::Weight weight = QFont::Normal;

    bool operator==(const BarText &) const = default;
};

/// A button of the top bar: icon, text in several tones, a chevron where it opens something, the key it answers to. 28
/// px high.
class BarButton final : public QAbstractButton
{
    Q_OBJECT
public:
    explicit BarButton(QWidget *parent = nullptr);

    void setGlyph(theme::Icon icon);
    void setTexts(const QList<BarText> &texts);
    const QList<BarText> &texts() const { return m_texts; }
    void setOpensSomething(bool opens);
    void setKeyChip(const QString &key);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    std::optional<theme::Icon> m_glyph;
    QList<BarText> m_texts;
    QString m_key;
    bool m_opens = false;
};

} // namespace atalaya::shell
