// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/state.h"
#include "widgets/theme/icons.h"

#include <QtWidgets/QAbstractButton>

#include <optional>

namespace atalaya::common {

/// What stands in a chip: a word, or a label in mono ("severity=" in text 3, "critical" in text 1). `op` is what joins
/// them.
struct ChipText
{
    QString text;               ///< the word, or the label's value
    QString name;               ///< the label's name; empty for a plain chip
    QString op;                 ///< "=", "=~", ... shown after the name
    std::optional<State> state; ///< its shape before the text
    std::optional<theme::Icon> icon;
    theme::Token iconToken = theme::Token::Text2;

    bool isLabel() const { return !name.isEmpty(); }
    bool operator==(const ChipText &) const = default;
};

/// 20 px high, radius 4, raised and without a border; removable ones have a border and a cross. A click on the cross or
/// Delete emits `removeRequested`; a click elsewhere is the button's own `clicked` (make it checkable for a filter).
class Chip : public QAbstractButton
{
    Q_OBJECT
public:
    explicit Chip(const ChipText &text, QWidget *parent = nullptr);
    explicit Chip(const QString &text, QWidget *parent = nullptr);

    void setChipText(const ChipText &text);
    const ChipText &chipText() const { return m_text; }
    void setRemovable(bool removable);
    /// Only looks, no focus and no click.
    void setStatic(bool isStatic);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void removeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    ChipText m_text;
    bool m_removable = false;
    bool m_static = false;
};

/// Width a chip takes, without the cross.
qreal chipWidth(const ChipText &text);
/// A chip at `topLeft`, 20 px high, no wider than `available`; for delegates. Returns its width.
qreal paintChip(QPainter &painter, const QPointF &topLeft, qreal available, const ChipText &text,
                const theme::Theme &theme);

} // namespace atalaya::common
