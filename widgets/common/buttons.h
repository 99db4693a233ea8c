// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/icons.h"

#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

#include <optional>

namespace atalaya::common {

/// Looks of a button. One Primary a view. Danger cuts traffic, nothing else, and is never the default button.
enum class ButtonRole
{
    Normal,
    Outline,
    Primary,
    Danger,
    Quiet,
    Link
};
enum class ButtonSize
{
    Small,
    Normal,
    Dialog
}; ///< 24, 28, 32

/// A button that never becomes a dialog's default by itself.
QPushButton *button(const QString &text, ButtonRole role = ButtonRole::Normal, std::optional<theme::Icon> icon = {},
                    ButtonSize size = ButtonSize::Normal, QWidget *parent = nullptr);
/// An icon alone, 28 x 28 (small: 24): `name` becomes tool tip (with its key where one is given) and accessible name.
QToolButton *iconButton(theme::Icon icon, const QString &name, const QKeySequence &key = {},
                        ButtonRole role = ButtonRole::Normal, ButtonSize size = ButtonSize::Normal,
                        QWidget *parent = nullptr);
/// Disables with a reason (shown in the tool tip) or enables with the given tool tip. A disabled control always says
/// why.
void setEnabledBecause(QWidget *control, bool enabled, const QString &reasonOrTip);

/// "Group  system  v": a quiet caption, the chosen value, a chevron. Opens its menu; the caption may be empty, `detail`
/// (in text 3) follows the value ("Last 1 hour  02:10 to 03:10").
class DropButton : public QToolButton
{
    Q_OBJECT
public:
    explicit DropButton(const QString &caption = {}, QWidget *parent = nullptr);
    void setValue(const QString &value, const QString &detail = {});
    QString value() const { return m_value; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_caption, m_value, m_detail;
};

} // namespace atalaya::common
