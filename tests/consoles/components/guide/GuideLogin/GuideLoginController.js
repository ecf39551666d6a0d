({
  run: function (component, event, helper) {
    component.find("omni").login({ statusId: component.get("v.statusId") }).then(function (result) {
      console.log("logged in: " + result);
    }).catch(function (error) {
      console.log("refused: " + error.message);
    });
  }
})
