// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QList>
#include <QtCore/QStringList>
#include <QtWidgets/QToolButton>

class QMenu;

namespace atalaya::common {

/// A quiet label, what is chosen and a chevron: "Sort  Not closed first". Opens a menu of what there is; one choice or
/// several.
class ChoiceButton final : public QToolButton
{
    Q_OBJECT
public:
    struct Choice
    {
        QString key;
        QString text;
        bool operator==(const Choice &) const = default;
    };

    /// `label` stands before the chosen text; it may be empty.
    explicit ChoiceButton(const QString &label, QWidget *parent = nullptr);

    /// Keeps what is chosen where it still exists; else the first is chosen (without a signal).
    void setChoices(const QList<Choice> &choices);
    const QList<Choice> &choices() const { return m_choices; }
    void setCurrent(const QString &key);
    void setCurrent(const QStringList &keys);
    QString current() const { return m_current.value(0); }
    QStringList currentKeys() const { return m_current; }
    /// Several may be chosen at once; the menu stays open while they are ticked.
    void setMultiple(bool multiple) { m_multiple = multiple; }
    QString shownText() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// By the operator, never by `setCurrent`.
    void chosen(const QString &key);
    void choicesMade(const QStringList &keys);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void fillMenu();
    void take(const QString &key, bool checked);
    void updateWords();

    QString m_label;
    QMenu *m_menu;
    QList<Choice> m_choices;
    QStringList m_current;
    bool m_multiple = false;
};

} // namespace atalaya::common
