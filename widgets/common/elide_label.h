// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"

#include <QtWidgets/QWidget>

namespace atalaya::common {

/// One line that elides at the right and then carries the whole text in its tool tip; the accessible name is always
/// whole. Shrinks to a few letters, asks for the width of its text.
class ElideLabel : public QWidget
{
    Q_OBJECT
public:
    explicit ElideLabel(const QString &text = {}, QWidget *parent = nullptr);

    QString text() const { return m_text; }
    void setText(const QString &text);
    void setToken(theme::Token token);
    void setAlignment(Qt::Alignment alignment);
    /// Text for the tool tip that replaces the whole text (the absolute time of an age, for example).
    void setHint(const QString &hint);
    /// True while the text does not fit.
    bool isElided() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void updateToolTip();
    QString m_text, m_hint;
    theme::Token m_token = theme::Token::Text1;
    Qt::Alignment m_alignment = Qt::AlignLeft;
};

} // namespace atalaya::common
